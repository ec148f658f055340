package dev.firebreak.enforcerconnectors.dispatch;

import java.util.concurrent.Executor;

/// The one line of execution of a dispatcher: now, later, and how to stop it.
record Line(Executor executor, Later later, Runnable stop) {}
