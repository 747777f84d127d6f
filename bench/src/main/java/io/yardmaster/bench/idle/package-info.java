/** The costs of an instance with nothing to do, and the delay of the first event after a pause. */
package io.yardmaster.bench.idle;
