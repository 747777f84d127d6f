/** The HTTP port: JSON over the JDK's server. It knows nothing of what is served; {@code serve} mounts that. */
package io.yardmaster.app.http;
