package io.yardmaster.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.topology.config.SchedulerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityDocsTest {
    private static final String TABLE = "| operation | resource | why |";

    @Test
    void theTablesListThePermissionsThatTheCommandsNeed() throws IOException {
        List<List<String>> tables = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "security.md"))) {
            if (line.equals(TABLE)) {
                tables.add(new ArrayList<>());
            } else if (line.matches("\\| [A-Z_]+ \\|.*")) {
                String[] cells = line.split("\\|", -1);
                tables.get(tables.size() - 1).add(cells[1].strip() + " on " + cells[2].strip());
            }
        }
        assertThat(tables)
                .containsExactly(
                        needed(Role.SCHEDULER),
                        words(Role.ofPools(SchedulerConfig.from(Map.of()))),
                        words(Role.SCHEDULER.ofHosts(SchedulerConfig.from(Map.of()))),
                        needed(Role.EXECUTION_MANAGER),
                        needed(Role.HOST),
                        needed(Role.PRODUCER),
                        needed(Role.SUBMITTER),
                        needed(Role.FOLLOWER),
                        needed(Role.OPERATOR),
                        needed(Role.POLICY_READER),
                        needed(Role.POLICY_WRITER),
                        needed(Role.AUDITOR),
                        needed(Role.RECORDER),
                        words(Role.RECORDER.ofHosts(SchedulerConfig.from(Map.of()))),
                        needed(Role.OBSERVER),
                        more(Role.ADMINISTRATOR, Role.OBSERVER),
                        words(Role.ADMINISTRATOR.ofHosts(SchedulerConfig.from(Map.of()))));
    }

    private static List<String> more(Role role, Role than) {
        List<String> more = new ArrayList<>(needed(role));
        more.removeAll(needed(than));
        return more;
    }

    private static List<String> needed(Role role) {
        return words(role.permissions(SchedulerConfig.from(Map.of())));
    }

    private static List<String> words(List<Permission> permissions) {
        return permissions.stream().map(Permission::toString).toList();
    }
}
