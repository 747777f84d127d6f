package io.yardmaster.app.api;

import io.yardmaster.app.http.Http;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.topology.SchedulerService;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.meters.Meters;
import java.time.Duration;
import java.util.Map;

/** An instance of the scheduler with its API, as {@code serve} puts them together. */
final class ApiInstance implements AutoCloseable {
    private final HttpService http = HttpService.start(new HostPort("127.0.0.1", 0));
    private final SchedulerService service;
    private final Api api;

    ApiInstance(Map<String, String> settings) {
        HostPort address = new HostPort("127.0.0.1", http.port());
        SchedulerConfig config = SchedulerConfig.from(settings).at(address);
        service = new SchedulerService(config, Meters.NONE, "test");
        api = new Api(config, "test", address, service::queries);
        api.mount(http);
    }

    ApiInstance start() {
        service.start();
        service.awaitRunning(Duration.ofSeconds(60));
        return this;
    }

    String url() {
        return http.url();
    }

    Http client() {
        return new Http(http.url());
    }

    /** Others cannot reach it any more, though it goes on. */
    void closeHttp() {
        http.close();
    }

    @Override
    public void close() {
        api.close();
        service.close();
        http.close();
    }
}
