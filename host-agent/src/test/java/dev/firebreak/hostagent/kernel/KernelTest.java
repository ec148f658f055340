package dev.firebreak.hostagent.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A test on a real kernel. An ordinary user skips it and reads why; root and CI never do: there
/// what stands in the way makes it fail.
@Tag("kernel")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KernelTest.Condition.class)
public @interface KernelTest {

    /// Decides by who runs it.
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            List<String> obstacles = HostFacts.obstacles();
            boolean mustRun =
                    "true".equals(System.getenv("CI"))
                            || "root".equals(System.getProperty("user.name"));
            if (obstacles.isEmpty() || mustRun) {
                return ConditionEvaluationResult.enabled("a kernel to test on");
            }
            System.out.println(
                    "kernel test skipped: " + context.getDisplayName() + ": " + obstacles);
            return ConditionEvaluationResult.disabled(obstacles.toString());
        }
    }
}
