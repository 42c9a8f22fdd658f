package io.selftaught.judge.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Judge;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What CONTRIBUTING.md promises of the layout, checked where all modules meet. */
@AnalyzeClasses(
    packagesOf = Judge.class,
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {

  static final class WithoutTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String API = "io.selftaught.judge";
  private static final String CORE = "io.selftaught.judge.core..";
  private static final String DJL = "io.selftaught.judge.djl..";

  @ArchTest
  static void everyModule_isOnTheClassPath(JavaClasses classes) {
    assertThat(List.of(API, CORE, DJL))
        .allMatch(name -> classes.stream().anyMatch(resideInAPackage(name)));
  }

  // Rule 1: dependencies point one way.

  @ArchTest
  static final ArchRule api_knowsNothing =
      classes()
          .that()
          .resideInAPackage(API)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(API, "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule core_knowsOnlyTheApi =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .should()
          .dependOnClassesThat(ours().and(not(resideInAnyPackage(API, CORE))));

  @ArchTest
  static final ArchRule djl_knowsOnlyTheApi =
      noClasses()
          .that()
          .resideInAPackage(DJL)
          .should()
          .dependOnClassesThat(ours().and(not(resideInAnyPackage(API, DJL))));

  @ArchTest
  static final ArchRule report_knowsNoEngineAndNoCommandLine =
      noClasses()
          .that()
          .resideInAPackage("io.selftaught.judge.report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DJL, "io.selftaught.judge.cli..");

  @ArchTest
  static void packages_existInOneModuleOnly(JavaClasses classes) {
    Map<String, Set<String>> modules = new TreeMap<>();
    for (JavaClass c : classes) {
      modules.computeIfAbsent(c.getPackageName(), name -> new TreeSet<>()).add(moduleOf(c));
    }
    modules.values().removeIf(places -> places.size() == 1);
    assertThat(modules).as("packages in several modules").isEmpty();
  }

  private static String moduleOf(JavaClass c) {
    String uri = c.getSource().orElseThrow().getUri().toString();
    return uri.substring(0, uri.indexOf(c.getName().replace('.', '/').replaceAll("\\$.*", "")));
  }

  @ArchTest
  static final ArchRule djl_isTheOnlyPlaceOfTheEngine =
      noClasses()
          .that()
          .resideOutsideOfPackage(DJL)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule djl_hidesAllButOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage(DJL)
          .should()
          .dependOnClassesThat(
              resideInAPackage(DJL).and(not(resideInAPackage("io.selftaught.judge.djl"))));

  @ArchTest
  static final ArchRule libraries_stayOutOfPublicSignatures =
      methods()
          .that(areCallableFromOutside())
          .and(areDeclaredIn("core or in djl's public package", CORE, "io.selftaught.judge.djl"))
          .should(
              notShow("com.google.gson..", "com.google.common..", "dev.failsafe..", "ai.djl.."));

  // Rule 2: public concrete classes are final, or say how they are extended.

  @ArchTest
  static final ArchRule publicClasses_areFinal =
      classes()
          .that()
          .arePublic()
          .and()
          .areTopLevelClasses()
          .and()
          .areNotInterfaces()
          .and()
          .doNotHaveModifier(JavaModifier.ABSTRACT)
          .and()
          .doNotBelongToAnyOf(InvalidInputException.class)
          .should()
          .haveModifier(JavaModifier.FINAL)
          .because("a class that is made to be extended is named here and says so in its Javadoc");

  // Rule 3: an extension point has one abstract method.

  @ArchTest
  static final ArchRule interfacesWithOneMethod_areFunctional =
      classes()
          .that()
          .arePublic()
          .and(describe("have one abstract method", ArchitectureTest::hasOneAbstractMethod))
          .should()
          .beAnnotatedWith(FunctionalInterface.class);

  private static boolean hasOneAbstractMethod(JavaClass c) {
    Class<?> type = c.reflect();
    return type.isInterface()
        && !type.isSealed()
        && !type.isAnnotation()
        && Arrays.stream(type.getMethods())
                .filter(m -> Modifier.isAbstract(m.getModifiers()))
                .count()
            == 1;
  }

  // Rule 4 (decorators, never flags) has a shape that can be checked: compare takes no boolean.

  @ArchTest
  static final ArchRule judges_haveNoFlags =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .areAssignableTo(Judge.class)
          .and(areCallableFromOutside())
          .should()
          .notHaveRawParameterTypes(
              describe(
                  "a boolean",
                  types -> types.stream().anyMatch(t -> t.isEquivalentTo(boolean.class))));

  // Rule 8: modes are types.

  @ArchTest
  static final ArchRule signatures_haveNoMapOfAnything =
      methods()
          .that(areCallableFromOutside())
          .should(notShowType("java.util.Map<java.lang.String, java.lang.Object>"));

  private static DescribedPredicate<JavaClass> ours() {
    return resideInAPackage("io.selftaught..").as("of this project");
  }

  private static DescribedPredicate<JavaMethod> areCallableFromOutside() {
    return describe(
        "are callable from outside",
        method ->
            method.getModifiers().contains(JavaModifier.PUBLIC) && isVisible(method.getOwner()));
  }

  /** What is nested in a hidden class is hidden, whatever it says itself. */
  private static boolean isVisible(JavaClass c) {
    return c.getModifiers().contains(JavaModifier.PUBLIC)
        && c.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
  }

  private static DescribedPredicate<JavaMethod> areDeclaredIn(String name, String... packages) {
    return describe(
        "are declared in " + name, m -> resideInAnyPackage(packages).test(m.getOwner()));
  }

  private static ArchCondition<JavaMethod> notShow(String... packages) {
    DescribedPredicate<JavaClass> inside = resideInAnyPackage(packages);
    return condition(
        "not show types of " + String.join(", ", packages),
        type -> type.getAllInvolvedRawTypes().stream().anyMatch(inside));
  }

  private static ArchCondition<JavaMethod> notShowType(String name) {
    return condition("not show " + name, type -> type.getName().equals(name));
  }

  private static ArchCondition<JavaMethod> condition(
      String description, Predicate<JavaType> forbidden) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        signature(method)
            .filter(forbidden)
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            method, method.getFullName() + " shows " + type.getName())));
      }
    };
  }

  private static Stream<JavaType> signature(JavaCodeUnit unit) {
    return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
  }
}
