/**
 * The HTTP API: the state of the whole deployment, put together from the answers of its instances.
 *
 * <p>The instance that is asked asks the others ({@link io.yardmaster.app.api.Peers}); each answers for itself alone ({@link
 * io.yardmaster.app.api.LocalApi}), so a question never goes in circles. Every answer is a record that {@link
 * io.yardmaster.app.api.Json} writes. A job is the core's {@link io.yardmaster.core.view.JobView} and {@link
 * io.yardmaster.core.view.JobDetail} from the shard to the browser. {@code openapi.yaml} describes the answers, and {@code
 * OpenApiTest} holds the two to each other.
 */
package io.yardmaster.app.api;
