/** Workflows in WfFormat that a user hands in, checked in full before anything is done with them. */
package io.yardmaster.app.workflow;
