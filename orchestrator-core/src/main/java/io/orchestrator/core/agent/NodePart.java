package io.orchestrator.core.agent;

/** What an agent runs beside its pods, and ends when it ends. */
interface NodePart extends AutoCloseable {

    /** Idempotent. */
    @Override
    void close();
}
