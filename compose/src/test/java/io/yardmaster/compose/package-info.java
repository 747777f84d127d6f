/** Whether what this folder has for containers is right: by itself in every build, and on a Docker daemon by {@code -Pcontainers}. */
package io.yardmaster.compose;
