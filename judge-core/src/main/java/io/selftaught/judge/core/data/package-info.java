/**
 * Records in files: JSON Lines in and out, tolerant of bad lines and of crashes.
 *
 * <p>{@link io.selftaught.judge.core.data.JsonLines} reads what others wrote, {@link
 * io.selftaught.judge.core.data.Journal} appends what must survive a crash, {@link
 * io.selftaught.judge.core.data.JsonRecord} is one record of either. {@link
 * io.selftaught.judge.core.data.InstructionPools} reads pools, {@link
 * io.selftaught.judge.core.data.RunDirectory} is where a run keeps its journals, and {@link
 * io.selftaught.judge.core.data.JudgeJson} knows how values look in them. Knows nothing of models;
 * the JSON library stays inside.
 */
@NullMarked
package io.selftaught.judge.core.data;

import org.jspecify.annotations.NullMarked;
