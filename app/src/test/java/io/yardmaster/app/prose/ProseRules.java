package io.yardmaster.app.prose;

import static io.yardmaster.app.prose.Passage.Kind.CODE;
import static io.yardmaster.app.prose.Passage.Kind.COMMENT;
import static io.yardmaster.app.prose.Passage.Kind.JAVADOC;
import static io.yardmaster.app.prose.Passage.Kind.LITERAL;
import static io.yardmaster.app.prose.Passage.Kind.LITERAL_IN_LIST;
import static io.yardmaster.app.prose.Passage.Kind.PARAGRAPH;
import static io.yardmaster.app.prose.Passage.Kind.TABLE_CELL;

import io.yardmaster.app.prose.Passage.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Patterns of sentences that do not say who does what, and names that classes do not have any more. */
final class ProseRules {
    private static final Set<Kind> PROSE = EnumSet.complementOf(EnumSet.of(CODE));
    private static final String OLD_NAMES = "(?<found>\\b(?:Allowance|WholeWindow|SharedWindow|Pace|Apportionment|Board"
            + "|WeightedTurns|FleetPoller|FleetViews?|LaneView|PartitionView|Lookout|Inquiries|LaneDesk|OpenLane|Happening"
            + "|JobSighting|Gathered|Breaker|SenselessEventException|Yard|ExampleYard|ObservedYard"
            + "|Lane(?:Meters|Record|Report|Series|State|Summary|Window)|LanesJson)\\b)";

    private static final String BEGIN = "(?:\\A\\s*|(?<=[.!?])[\"')*_]*\\s+|<(?:p|li)>\\s*)";
    /** The beginning of a clause with a subject of its own behind a semicolon or colon. */
    private static final String GO_ON = "(?<=[;:])[\"')*_]*\\s+(?:(?:and|but|so|for|then|yet|thus) )?+";
    /** The rest of a sentence that is no question. A full stop inside of a name does not end it. */
    private static final String REST = "(?:[^.!?]|[.!?](?=[^\\s\"')*_<]))*+(?:[.!]|\\z)";

    private record Rule(Set<Kind> kinds, Pattern pattern) {
        static Rule of(Set<Kind> kinds, String pattern) {
            return new Rule(kinds, Pattern.compile(pattern));
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of(
                    PROSE,
                    BEGIN + "(?<found>(?:What|Whatever|Who|Whoever|Whom|Whose|Whichever|Which|Whether|How(?! to))\\b"
                            + REST + ")"),
            Rule.of(
                    PROSE,
                    BEGIN
                            + "(?<found>That (?:an?|the|it|they|we|you|nobody|nothing|no|all|every|each|some|any|there|this"
                            + "|these|those)\\b" + REST + ")"),
            Rule.of(PROSE, BEGIN + "(?<found>Where [^,.;:?]*+(?:[.;](?=\\s|\\z)|\\z))"),
            Rule.of(
                    PROSE,
                    GO_ON + "(?<found>(?:what|whatever|who|whoever|whichever|how (?:many|much|often|far|long))\\b"
                            + REST + ")"),
            Rule.of(
                    EnumSet.of(JAVADOC, COMMENT, LITERAL, LITERAL_IN_LIST),
                    "\\A\\s*(?<found>(?:Those (?:of|that|who|which|whose)|Of|All that|So (?:many|few|much)(?! that)|As many)\\b"
                            + REST + ")"),
            Rule.of(EnumSet.of(LITERAL, TABLE_CELL), "\\A\\s*(?<found>(?:what|whatever|who|whoever)\\s" + REST + ")"),
            Rule.of(PROSE, "(?i)(?<found>\\bwhat (?:is|was|are|were) (?:out|said|held|there|known)\\b)"),
            Rule.of(PROSE, "(?<found>\\b(?:is|are|was|were|be|been|has|have|had|[Aa]ssignments?) out\\b(?! of))"),
            Rule.of(PROSE, "(?i)(?<found>\\blane partitions?\\b)"),
            Rule.of(EnumSet.of(CODE), OLD_NAMES),
            Rule.of(EnumSet.of(JAVADOC, COMMENT), "\\{@(?:link|code) [^}]*?" + OLD_NAMES),
            Rule.of(EnumSet.of(PARAGRAPH, TABLE_CELL), "`[^` ]*?" + OLD_NAMES + "[^` ]*`"));

    /**
     * A match of a rule.
     *
     * @param offset its place in the passage
     */
    record Finding(int offset, String text) {}

    private ProseRules() {}

    static List<Finding> check(Passage passage) {
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : RULES) {
            if (rule.kinds.contains(passage.kind())) {
                Matcher matcher = rule.pattern.matcher(passage.text());
                while (matcher.find()) {
                    findings.add(new Finding(matcher.start("found"), matcher.group("found")));
                }
            }
        }
        return findings;
    }
}
