package io.orchestrator.core.network.dns;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Rcode;

/** From bytes to bytes: what is received, and what is said to it. Owned by its loop. */
final class Responder {
    private static final Logger LOG = LoggerFactory.getLogger(Responder.class);

    private final Resolver resolver;
    private final boolean recursive;

    /** @param recursive whether other names than the cluster's are answered */
    Responder(Resolver resolver, boolean recursive) {
        this.resolver = resolver;
        this.recursive = recursive;
    }

    /**
     * @param datagram whether it came by datagram
     * @param reply gets the answer, at once or later
     * @return whether there will be one; nothing can be said to what is no question at all
     */
    boolean answer(byte[] received, boolean datagram, Consumer<byte[]> reply) {
        Request request = Request.read(received);
        if (request == null) {
            return false;
        }
        Question question = request.question();
        if (question == null) {
            reply.accept(request.refused(datagram, recursive));
            return true;
        }
        try {
            resolver.resolve(question, answer -> reply.accept(request.answeredBy(answer, datagram, recursive)));
        } catch (RuntimeException e) {
            LOG.error("{} could not be answered", question, e);
            reply.accept(request.answeredBy(Answer.of(Rcode.SERVFAIL), datagram, recursive));
        }
        return true;
    }
}
