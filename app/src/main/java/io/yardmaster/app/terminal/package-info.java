/** Makes text that came from elsewhere safe for a terminal or a log. */
package io.yardmaster.app.terminal;
