/**
 * Where settings come from: {@code --config FILE}, overridden by {@code YARDMASTER_*} variables, overridden by
 * {@code --set key=value}. What they mean is {@code io.yardmaster.topology.config}'s business.
 */
package io.yardmaster.app.settings;
