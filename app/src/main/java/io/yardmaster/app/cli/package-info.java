/** The commands. What is wrong leaves them as an exception whose message is for people; they print nothing of it. */
package io.yardmaster.app.cli;
