package io.selftaught.judge.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the value of an option that is a probability. */
final class Share implements ITypeConverter<Double> {

  @Override
  public Double convert(String value) {
    try {
      double share = Double.parseDouble(value);
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new TypeConversionException("'" + value + "' is not a number from 0 to 1");
  }
}
