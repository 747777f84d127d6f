/** The HTTP port: JSON, files and events over Jetty. The package knows no handler; {@code serve} mounts them. */
package io.yardmaster.app.http;
