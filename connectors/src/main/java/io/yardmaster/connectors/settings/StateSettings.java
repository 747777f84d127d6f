package io.yardmaster.connectors.settings;

import static io.yardmaster.connectors.settings.EventSettings.PREFIX;

import io.yardmaster.connectors.event.OutboxColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/** The names of the columns and states of plain task and job tables. */
public final class StateSettings {
    private static final String STATE = PREFIX + "column.state";
    private static final String GROUP = PREFIX + "column.resource.group";
    private static final String JOB = PREFIX + "column.job";
    private static final String INDEX = PREFIX + "column.index";
    private static final String ATTEMPT = PREFIX + "column.attempt";
    private static final String SESSION_COLUMN = PREFIX + "column.session";
    private static final String SESSION = PREFIX + "session";
    private static final String READY = PREFIX + "states.ready";
    private static final String COMMIT = PREFIX + "states.commit";
    private static final String CLEANUP = PREFIX + "states.cleanup";
    private static final String ENDED = PREFIX + "states.ended";
    private static final String OTHER = PREFIX + "states.other";
    private static final String ANY = "*";

    private final AbstractConfig values;
    private final Map<String, StateMeaning> meanings = new HashMap<>();

    /** @throws ConfigException in one line that names a state with two meanings */
    StateSettings(AbstractConfig values) {
        this.values = values;
        names(READY, StateMeaning.READY);
        names(COMMIT, StateMeaning.COMMIT);
        names(CLEANUP, StateMeaning.CLEANUP);
        names(ENDED, StateMeaning.ENDED);
        names(OTHER, StateMeaning.OTHER);
    }

    private void names(String key, StateMeaning meaning) {
        for (String name : values.getList(key)) {
            StateMeaning known = meanings.putIfAbsent(plain(name), meaning);
            if (known != null && known != meaning && meaning != StateMeaning.OTHER) {
                throw new ConfigException(
                        key,
                        values.getList(key),
                        "state " + name + " is one of another setting, too; upper and lower case" + " are the same");
            }
        }
    }

    static ConfigDef define(ConfigDef definition) {
        column(definition, STATE, "state", "the state of the task or job");
        column(definition, GROUP, "resource_group_id", "the resource group");
        column(definition, JOB, "job_id", "the job's id");
        column(definition, INDEX, "task_index", "the task's index; needed in ready states only");
        column(definition, ATTEMPT, "attempt", "the task's attempt; 0 if null or missing");
        column(definition, SESSION_COLUMN, "session_id", "the session, unless " + SESSION + " is set");
        definition.define(
                SESSION,
                ConfigDef.Type.LONG,
                null,
                Importance.MEDIUM,
                "The session of all events, for tables that have no column for it; to be raised when storage"
                        + " restarts.");
        states(definition, READY, "ready", "a task can run");
        states(definition, COMMIT, "commit_ready", "a job's commit task can run");
        states(definition, CLEANUP, "cleanup_ready", "a job's cleanup task can run");
        states(definition, ENDED, "", "a job has ended and there is nothing to run");
        states(
                definition,
                OTHER,
                "waiting,running,done",
                "nothing can run; a state that no setting names is a bad row, unless this is " + ANY
                        + ", for any other");
        return definition;
    }

    private static void column(ConfigDef definition, String key, String name, String content) {
        definition.define(key, ConfigDef.Type.STRING, name, Importance.MEDIUM, "The column that has " + content + ".");
    }

    private static void states(ConfigDef definition, String key, String names, String meaning) {
        definition.define(
                key,
                ConfigDef.Type.LIST,
                names,
                Importance.MEDIUM,
                "The states, with commas, in which " + meaning + ".");
    }

    public String stateColumn() {
        return values.getString(STATE);
    }

    public String groupColumn() {
        return values.getString(GROUP);
    }

    public String jobColumn() {
        return values.getString(JOB);
    }

    public String indexColumn() {
        return values.getString(INDEX);
    }

    public String attemptColumn() {
        return values.getString(ATTEMPT);
    }

    public String sessionColumn() {
        return values.getString(SESSION_COLUMN);
    }

    public OptionalLong session() {
        Long session = values.getLong(SESSION);
        return session == null ? OptionalLong.empty() : OptionalLong.of(session);
    }

    /** A state in the form in which it is compared: lower case, without the blanks that a {@code char} column adds. */
    public static String plain(String state) {
        return state.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * The meaning of a state; empty if no setting names it.
     *
     * @param state in upper or lower case
     */
    public Optional<StateMeaning> meaning(String state) {
        StateMeaning meaning = meanings.get(plain(state));
        return meaning == null && meanings.containsKey(ANY)
                ? Optional.of(StateMeaning.OTHER)
                : Optional.ofNullable(meaning);
    }

    /** The column of an outbox that has what this column has; empty if it has nothing of an event. */
    public Optional<String> use(String column) {
        if (column.equalsIgnoreCase(stateColumn())) {
            return Optional.of(OutboxColumns.LANE);
        }
        List<String> numbers = new ArrayList<>(List.of(groupColumn(), jobColumn(), indexColumn(), attemptColumn()));
        if (session().isEmpty()) {
            numbers.add(sessionColumn());
        }
        return numbers.stream().filter(column::equalsIgnoreCase).findFirst().map(number -> OutboxColumns.JOB);
    }

    /** The columns that every row needs to be an event. */
    public List<String> neededColumns() {
        return session().isPresent()
                ? List.of(stateColumn(), groupColumn(), jobColumn())
                : List.of(stateColumn(), groupColumn(), jobColumn(), sessionColumn());
    }
}
