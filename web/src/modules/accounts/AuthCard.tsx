import { useEffect, type ReactNode } from 'react';
import { LanguageSwitch } from '@/ui/LanguageSwitch';
import { Logo } from '@/ui/Logo';
import styles from './AuthCard.module.css';

interface AuthCardProps {
  title: string;
  text: string;
  children: ReactNode;
  foot: ReactNode;
}

export function AuthCard({ title, text, children, foot }: AuthCardProps) {
  useEffect(() => {
    document.title = `${title} · Ponte`;
  }, [title]);
  return (
    <div className={styles.page}>
      <main className={styles.card}>
        <div className={styles.brand}>
          <Logo size={28} />
          <span>Ponte</span>
        </div>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.text}>{text}</p>
        {children}
        <p className={styles.foot}>{foot}</p>
      </main>
      <footer className={styles.language}>
        <LanguageSwitch />
      </footer>
    </div>
  );
}
