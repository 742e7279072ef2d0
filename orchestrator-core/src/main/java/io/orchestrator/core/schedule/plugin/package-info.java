/**
 * One class per scheduler plugin. A plugin is a stateless function from a pod and a node of the snapshot to an explained
 * verdict, and names the changes that could alter it. Plugins do no I/O and never see the client.
 */
@NullMarked
package io.orchestrator.core.schedule.plugin;

import org.jspecify.annotations.NullMarked;
