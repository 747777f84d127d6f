/** The live text view of a deployment, out of the HTTP API of any of its instances. */
package io.yardmaster.app.status;
