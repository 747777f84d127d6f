/** The commands. A command that fails throws an exception whose message is for people; {@code ErrorLines} prints it. */
package io.yardmaster.app.cli;
