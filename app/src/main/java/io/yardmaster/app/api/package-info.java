/**
 * The HTTP API: what the whole deployment is doing, out of what each of its instances says of itself. The instance that is
 * asked asks the others ({@link io.yardmaster.app.api.Peers}); they answer of themselves alone
 * ({@link io.yardmaster.app.api.LocalApi}), so a question never goes in circles. It is described in {@code openapi.yaml}.
 */
package io.yardmaster.app.api;
