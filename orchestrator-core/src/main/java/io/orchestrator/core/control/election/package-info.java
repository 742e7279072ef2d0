/**
 * Which of several processes leads: one lease, many candidates, and terms whose writes are refused once they are over.
 *
 * <p>Knows the API alone, so it works as well for a host's own controllers in another process. What a term does is the
 * caller's: make controllers anew in each term, as what a reconciler remembers of an earlier one is older than what another leader
 * did since.
 *
 * <p><b>Threads.</b> Steps run on the environment's executor, one at a time per election.
 */
@NullMarked
package io.orchestrator.core.control.election;

import org.jspecify.annotations.NullMarked;
