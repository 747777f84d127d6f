package io.yardmaster.core.placement;

/**
 * The effort of a plan.
 *
 * @param placed tasks that got a place
 * @param hostsLookedAt hosts whose free room was compared with the needs of a task, also repeatedly
 * @param wastedAttempts tasks or gangs that were tried in vain
 * @param shapes different requirements
 */
public record PlanCounters(long placed, long hostsLookedAt, long wastedAttempts, int shapes) {}
