/** How this program logs. Which loggers say what is in {@code logback.xml}. */
package io.yardmaster.app.log;
