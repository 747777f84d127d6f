package io.yardmaster.app.jobs;

/** A job that is to be run once, or was submitted before, for a resource group. */
public record PlannedJob(long id, long resourceGroup, JobPlan plan) {}
