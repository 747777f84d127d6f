/**
 * Jobs that users write in YAML: {@link io.yardmaster.app.jobfile.JobFileReader} makes a {@link io.yardmaster.app.jobs.JobPlan} of a file.
 *
 * <pre>
 *   bytes ──▶ YamlReader ──tree──▶ FileValues, AfterValue ──stages──▶ StageCheck ──▶ JobPlan
 *                 └───────────────────┴── FileMistakes ◀──────────────────┘
 * </pre>
 *
 * <p>The keys are in {@link io.yardmaster.app.jobfile.JobFileKeys}; {@code docs/job.schema.json} describes the same for editors.
 */
package io.yardmaster.app.jobfile;
