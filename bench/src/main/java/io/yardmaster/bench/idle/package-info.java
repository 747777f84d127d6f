/** What an instance costs that has nothing to do, and how soon it is at work again. */
package io.yardmaster.bench.idle;
