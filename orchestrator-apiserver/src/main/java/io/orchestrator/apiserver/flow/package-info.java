/**
 * Who may be served now, who waits, and who is sent away: seats shared fairly among levels of priority and, within each, among
 * the flows of single users; deadlines; and the bounds of what requests may hold while they are served. Pure of HTTP and of
 * time but for {@link io.orchestrator.apiserver.flow.Deadlines}, whose timer is the environment's. Thread-safe throughout.
 */
@NullMarked
package io.orchestrator.apiserver.flow;

import org.jspecify.annotations.NullMarked;
