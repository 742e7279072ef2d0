package io.orchestrator.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The test needs an etcd, at {@code ORCHESTRATOR_TEST_ETCD} or port 2379 of the loopback; see {@link EtcdServer#endpoint()}. */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Requires(EtcdServer.class)
public @interface RequiresEtcd {}
