/**
 * The cluster's DNS: names of services, endpoints and pods as the Kubernetes DNS specification has them, everything else from
 * the servers of this machine.
 *
 * <p>Records follow the informers at once and are answered from memory; no answer of the cluster's own waits for a lifetime to
 * run out. What comes from elsewhere is kept as long as it says, in a cache of bounded size. Whatever arrives is answered, or
 * dropped where no answer is possible, within bounded memory.
 *
 * <p><b>Threads.</b> One selector loop owns all sockets, the cache and the questions under way. The zone is written by the
 * informers' threads, one at a time, and read by the loop without a lock. <b>Neighbours.</b> Knows the client's informers only;
 * {@code core.embed} gives it its address and tells the agents of it.
 */
@NullMarked
package io.orchestrator.core.network.dns;

import org.jspecify.annotations.NullMarked;
