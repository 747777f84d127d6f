/** The HTTP port: JSON, files and events over Jetty. It knows nothing of what is served; {@code serve} mounts that. */
package io.yardmaster.app.http;
