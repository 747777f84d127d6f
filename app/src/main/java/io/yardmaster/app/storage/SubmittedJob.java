package io.yardmaster.app.storage;

import io.yardmaster.app.workflow.Workflow;

/** A workflow that is to be run once, for a resource group. */
public record SubmittedJob(long id, long resourceGroup, Workflow workflow) {}
