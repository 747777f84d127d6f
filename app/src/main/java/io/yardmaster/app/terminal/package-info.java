/** What may be written to a terminal or a log, of text that came from elsewhere. */
package io.yardmaster.app.terminal;
