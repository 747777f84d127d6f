package io.yardmaster.core.order;

import java.util.ArrayList;
import java.util.List;

/**
 * Rounds of turns, kept as lists. Every member at the beginning of a round has one turn in it. A member that joins later has
 * one too if the round is not over, its turns, past and to come, are fewer than the places, and no member that joined before
 * has to wait for the next round.
 */
public final class NaiveRing<T> {
    private final int places;
    private final List<T> members = new ArrayList<>();
    private final List<T> toCome = new ArrayList<>();
    private final List<T> late = new ArrayList<>();
    private int turnsTaken;
    private int turnsAtMost;
    private boolean over = true;

    public NaiveRing(int places) {
        this.places = places;
    }

    public List<T> members() {
        return members;
    }

    public void join(T member) {
        boolean behindALateOne = !members.isEmpty() && late.contains(youngest());
        members.add(member);
        if (!over && !behindALateOne && turnsTaken + toCome.size() < turnsAtMost) {
            toCome.add(member);
        } else {
            late.add(member);
        }
    }

    public void leave(T member) {
        members.remove(member);
        toCome.remove(member);
        late.remove(member);
    }

    public T youngest() {
        return members.isEmpty() ? null : members.get(members.size() - 1);
    }

    public T next() {
        return toCome.isEmpty() ? null : toCome.get(0);
    }

    /** The members that still have a turn in this round. */
    public List<T> toCome() {
        return toCome;
    }

    public void takeTurn() {
        toCome.remove(0);
        turnsTaken++;
        over = toCome.isEmpty();
    }

    public void endRound() {
        over = true;
    }

    public void beginRound() {
        toCome.clear();
        toCome.addAll(members);
        late.clear();
        turnsTaken = 0;
        turnsAtMost = Math.max(places, members.size());
        over = false;
    }
}
