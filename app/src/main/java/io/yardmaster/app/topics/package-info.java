/** The topics of a deployment: their shape, the check of existing topics, and the making of missing ones. */
package io.yardmaster.app.topics;
