/** Commands about jobs, and the events that answer them and tell what became of jobs. */
package io.yardmaster.app.operator;
