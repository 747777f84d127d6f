/**
 * Tests of this folder's files for containers: the files alone in every build, and a running stack on a Docker daemon
 * by {@code -Pcontainers}.
 */
package io.yardmaster.compose;
