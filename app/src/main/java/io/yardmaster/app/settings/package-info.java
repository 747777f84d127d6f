/**
 * The sources of settings: {@code --config FILE}, overridden by {@code YARDMASTER_*} variables, overridden by
 * {@code --set key=value}. {@code io.yardmaster.topology.config} defines their meaning.
 */
package io.yardmaster.app.settings;
