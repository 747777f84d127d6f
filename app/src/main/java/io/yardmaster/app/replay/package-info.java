/** Recorded days as users name them on the command line: files of several formats, and the policies under which they are replayed. */
package io.yardmaster.app.replay;
