/** The log of this program. {@code logback.xml} sets the level of each logger. */
package io.yardmaster.app.log;
