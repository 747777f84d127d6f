/** The topics of a deployment: what they must be like, whether they are, and making those that are missing. */
package io.yardmaster.app.topics;
