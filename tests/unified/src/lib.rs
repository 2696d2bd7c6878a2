//! A program that uses `cognito-op`, and turns on features of its dependencies.
