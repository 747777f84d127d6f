/** What a user hands in: workflows in WfFormat and ready events in CSV, checked in full before anything is done with them. */
package io.yardmaster.app.workflow;
