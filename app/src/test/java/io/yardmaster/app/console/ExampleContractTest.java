package io.yardmaster.app.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.app.api.ApiContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The console is tested with answers that the API could give. */
class ExampleContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiContract contract = new ApiContract();

    @Test
    void examplesAreAsDescribed() {
        for (Example example : List.of(Example.EMPTY, Example.SMALL, Example.BUSY, Example.TROUBLED, Example.LARGE)) {
            check("/api/overview", example.overview(3));
            check("/api/jobs", example.jobs(null, null, 1_000));
            check("/api/dead-letters", example.deadLetters(null, 100));
            check("/api/policy", example.policy());
            check("/api/limits", example.limits());
        }
        check("/api/jobs/{job}", Example.SMALL.job(Example.id(0, 0)));
        check("/api/jobs/{job}", Example.BUSY.job(Example.id(0, 1_100)));
        check("/api/jobs/{job}/when", Example.BUSY.when(Example.id(0, 1_100)));
        for (ExampleGraph graph : List.of(ExampleGraph.small("running"), ExampleGraph.small("failed"))) {
            check("/api/jobs/{job}/stages", graph.stages(0, 1_000));
            check("/api/jobs/{job}/failures", graph.failures(0));
        }
        for (int hosts : new int[] {0, 10_000}) {
            check("/api/hosts", new ExampleHosts(hosts).pools());
        }
        check("/api/hosts/{pool}", ExampleHosts.MANY.page(null, 100));
        check("/api/hosts/{pool}", ExampleHosts.MANY.page("node9949", 100));
        check("/api/jobs/{job}/stages", ExampleGraph.large().stages(1_000, 1_000));
    }

    private void check(String path, Map<String, Object> answer) {
        contract.check(path, JSON.valueToTree(answer));
    }
}
