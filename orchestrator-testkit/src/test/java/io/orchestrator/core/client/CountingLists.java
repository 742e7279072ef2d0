package io.orchestrator.core.client;

import io.orchestrator.api.client.ApiTransport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A transport that tells of each list. */
final class CountingLists {
    private CountingLists() {}

    static ApiTransport over(ApiTransport inner, Runnable listed) {
        return (ApiTransport) Proxy.newProxyInstance(
                ApiTransport.class.getClassLoader(),
                new Class<?>[] {ApiTransport.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("list")) {
                        listed.run();
                    }
                    try {
                        return method.invoke(inner, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
