/**
 * Tells those who write admission policies what the types of objects say of their expressions, in the status of the policies:
 * it changes nothing of what the policies do. One key per policy. Level-based: it looks again when a definition changes that
 * the policy may mean, and writes where it has something else to say.
 */
@NullMarked
package io.orchestrator.core.control.policystatus;

import org.jspecify.annotations.NullMarked;
