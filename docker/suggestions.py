"""Functions whose error for a mistyped argument says which one was meant, or which call takes it.

Python 2.7 keeps the functions as they are, as programs there read their
signatures with inspect.getargspec(), which takes no other; its own messages name the call and the argument.
What is looked up only after a mistake is in docker.guidance.
"""

import inspect

import six

# The functions that explain mistakes, by their names.
_FUNCTIONS = {}


def explain_calls(kind):
    """Return a class whose public methods, also those that it inherits from docker.api, explain mistakes.

    :param kind: docker.Client. Its methods keep their names, docstrings and signatures.
    """
    if six.PY3:
        methods = {'__init__': kind.__init__}
        for room in kind.__bases__:
            methods.update((name, function) for name, function in vars(room).items()
                           if not name.startswith('_') and inspect.isfunction(function))
        # A function may have two names.
        explained = {function: explain_mistakes(function) for function in methods.values()}
        for name, function in methods.items():
            explained[function].__module__ = kind.__module__
            explained[function].__qualname__ = '{0}.{1}'.format(kind.__name__, function.__name__)
            setattr(kind, name, explained[function])
    return kind


def explain_mistakes(function):
    """Return a function that calls another one, and explains a TypeError for its own arguments."""
    if six.PY2:
        return function

    def call(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except TypeError as error:
            if error.__traceback__.tb_next is not None:
                raise   # it comes from within the function
            # Imported on first use, to keep `import docker` fast.
            from docker.guidance import explain_arguments
            message = explain_arguments(function, args, kwargs, str(error), _FUNCTIONS)
            six.raise_from(TypeError(message), None)
    call.__name__, call.__qualname__ = function.__name__, function.__qualname__
    call.__module__, call.__doc__ = function.__module__, function.__doc__
    call.__wrapped__ = function
    call.__signature__ = signature = _LazySignature.__new__(_LazySignature)
    signature.function = function
    # A method that hands all its arguments on to a function comes after the function.
    _FUNCTIONS.setdefault(function.__name__, function)
    return call


if six.PY3:
    class _LazySignature(inspect.Signature):
        """The signature of a function, computed when it is first used: that takes longer than a call."""

        __slots__ = ('function',)

        def __getattr__(self, name):
            # A slot that is not set yet.
            if name not in ('_parameters', '_return_annotation'):
                raise AttributeError(name)
            computed = inspect.signature(self.function)
            self.__init__(list(computed.parameters.values()), return_annotation=computed.return_annotation)
            return getattr(self, name)


__all__ = ['explain_calls', 'explain_mistakes']
