/** A sample execution manager: runs a command, or sleeps, for each assignment. */
package io.yardmaster.app.work;
