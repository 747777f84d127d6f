package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.torture.checker.CommandEvidence.Asked;
import io.yardmaster.torture.checker.CommandEvidence.Refused;
import io.yardmaster.torture.checker.CommandEvidence.Told;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One event answers each command that makes sense, and is about the same job. A command that makes no sense is a dead letter
 * instead, and so is an outcome without sense; nothing else is one.
 */
final class AnswerRule {
    private AnswerRule() {}

    static void check(CommandEvidence evidence, CountedOutcomes outcomes, Verdict verdict) {
        Map<String, List<Told>> answers = evidence.told().stream()
                .filter(told -> told.isAnswer() || !told.source().isEmpty())
                .collect(Collectors.groupingBy(Told::source));
        Set<String> due = new HashSet<>(outcomes.lettersDue());
        for (Asked command : evidence.asked()) {
            List<Told> given = answers.getOrDefault(command.position(), List.of());
            answers.remove(command.position());
            if (!command.makesSense()) {
                due.add(command.position());
                given.forEach(
                        answer -> verdict.add(Wrong.ANSWER, "%s is refused and has %s".formatted(command, answer)));
            } else if (given.size() != 1) {
                verdict.add(Wrong.ANSWER, "%s has the answers %s".formatted(command, given));
            } else if (!fits(command, given.get(0))) {
                verdict.add(Wrong.ANSWER, "%s has the answer %s".formatted(command, given.get(0)));
            }
        }
        answers.values().forEach(given -> verdict.add(Wrong.ANSWER, "%s to no command".formatted(given)));
        checkRefused(evidence.refused(), due, outcomes.lettersAllowed(), verdict);
    }

    private static boolean fits(Asked command, Told answer) {
        boolean isForSession =
                command.session() == CommandEvidence.CURRENT_SESSION || command.session() == answer.session();
        boolean isCarriedOut = isForSession
                && answer.reason().equals(command.reason())
                && switch (command.type()) {
                    case CANCEL -> answer.what() == JobEventKind.JOB_CANCELLED;
                    case PAUSE -> answer.what() == JobEventKind.JOB_PAUSED;
                    case RESUME -> answer.what() == JobEventKind.JOB_RESUMED;
                    case SET_PRIORITY ->
                        answer.what() == JobEventKind.JOB_PRIORITIZED && answer.priority() == command.priority();
                };
        boolean isDropped = answer.what() == JobEventKind.COMMAND_DROPPED
                && (isForSession || answer.dropReason().equals("old_session"));
        return answer.job() == command.job() && answer.by().equals(command.by()) && (isCarriedOut || isDropped);
    }

    private static void checkRefused(List<Refused> refused, Set<String> due, Set<String> allowed, Verdict verdict) {
        Map<String, Long> letters = new HashMap<>(
                refused.stream().collect(Collectors.groupingBy(Refused::position, Collectors.counting())));
        for (String position : due) {
            Long count = letters.remove(position);
            if (count == null || count != 1) {
                verdict.add(Wrong.DEAD_LETTER, "%s of the record at %s".formatted(count, position));
            }
        }
        letters.forEach((position, count) -> {
            if (count > 1 || !allowed.contains(position)) {
                verdict.add(Wrong.DEAD_LETTER, "%d of %s, which makes sense".formatted(count, position));
            }
        });
        refused.stream()
                .filter(letter -> letter.reason().isBlank())
                .forEach(letter -> verdict.add(Wrong.DEAD_LETTER, letter + " has no reason"));
    }
}
