/** The policy at run time as operators see it: files, their check and schema, and reading and writing the policy topic. */
package io.yardmaster.app.policy;
