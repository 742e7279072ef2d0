package io.orchestrator.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test runs only where the requirement is met. Elsewhere it is skipped and says why; with {@code CI=true} in the
 * environment it fails instead, because a build that silently left tests out would still be green.
 *
 * <p>Meant to be put on annotations such as {@link RequiresDocker}, and usable on a test as it is.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Requires.All.class)
@ExtendWith(RequiresCondition.class)
public @interface Requires {

    Class<? extends Requirement> value();

    /** More than one requirement on the same element. */
    @Documented
    @Inherited
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(RequiresCondition.class)
    @interface All {
        Requires[] value();
    }
}
