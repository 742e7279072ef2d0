package io.orchestrator.apiserver.http;

import java.util.Iterator;

/** Pieces of a body that come one after the other. */
record ChainedPieces(Iterator<byte[]> first, Iterator<byte[]> then) implements Iterator<byte[]> {
    @Override
    public boolean hasNext() {
        return first.hasNext() || then.hasNext();
    }

    @Override
    public byte[] next() {
        return first.hasNext() ? first.next() : then.next();
    }
}
