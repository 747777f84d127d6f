/** The live text view of a deployment, from the HTTP API of any of its instances. */
package io.yardmaster.app.status;
